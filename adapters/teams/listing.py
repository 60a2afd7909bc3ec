"""What people read about the bot before they add it, in every language.

The store wants a short description of one sentence; names of platforms stay out of all of it.
"""

from dataclasses import dataclass

from bot.messages import Language

NAME = "Ally Nudge"


@dataclass(frozen=True, slots=True)
class Listing:
    """The texts of the package that are not in the knowledge base."""

    full_name: str
    short: str
    full: str
    """What it does; {reads} stands for `reads` or, where nudges are possible, `reads_along`."""
    reads: str
    reads_along: str
    look_up: str
    """The title of the look-up beside the message box."""
    look_up_help: str
    term: str
    term_help: str
    check: str
    """The title of the check of a message."""
    check_help: str

    def told(self, *, nudges: bool) -> str:
        """The whole description."""
        return self.full.format(reads=self.reads_along if nudges else self.reads)


LISTINGS: dict[Language, Listing] = {
    "en": Listing(
        full_name="Ally Nudge: a hand in the moment",
        short="A hand in the moment to be an ally to the women you work with.",
        full=(
            "Ally Nudge gives you a hand in the moment. Ask what a word means, run the “Am I "
            "mansplaining?” check before you explain, find a line to say when somebody belittles "
            "a colleague, and take one small tip into the week.\n\n"
            "In your own chat with it, only you see the answers. Mention it in a channel or a "
            "group, and what anyone may read, such as a definition or a tip, is answered there; "
            "the check and the lines to say go to you alone. While you write a message you can "
            "look up a term and add its definition to what you send. On a message of your own, "
            "you can have the wording checked; what is found, only you see.\n\n"
            "{reads} It keeps nothing of what you type. It "
            "reports and scores nobody, and never corrects anyone in public. Definitions and "
            "figures name their sources. It is no reporting tool and no help line, and it gives "
            "no legal, clinical or HR rulings.\n\n"
            "In English and French (Canada). No sign-in is needed."
        ),
        reads="It reads nothing but what is sent to it.",
        reads_along=(
            "It receives the new messages in the channels of a team that adds it, for one use: in "
            "channels where an admin allowed it, it tells people who turned that on, and them "
            "alone, which words of their own message may leave somebody out. All other messages "
            "are dropped unread."
        ),
        look_up="Look up a term",
        look_up_help="Find a word and add its definition to your message",
        term="Term",
        term_help="A word or a question, such as manel",
        check="Check wording",
        check_help="Kinder words for a message of yours, shown to you alone",
    ),
    "fr": Listing(
        full_name="Ally Nudge : un coup de main, sur le moment",
        short="Un coup de main, sur le moment, pour être une personne alliée de vos consœurs.",
        full=(
            "Ally Nudge vous donne un coup de main, sur le moment. Demandez ce qu'un mot veut "
            "dire, faites le test « Est-ce que je mecsplique? » avant d'expliquer, trouvez quoi "
            "dire quand quelqu'un rabaisse une collègue et repartez avec un petit conseil pour la "
            "semaine.\n\n"
            "Dans votre propre clavardage avec Ally Nudge, les réponses ne s'affichent que pour "
            "vous. Si vous écrivez une mention dans un canal ou un groupe, ce que tout le monde "
            "peut lire, par exemple une définition ou un conseil, y est affiché; le test et les "
            "phrases pour le moment même ne vont qu'à vous. Pendant que vous écrivez un message, "
            "vous pouvez chercher un terme et ajouter sa définition à votre envoi. "
            "Pour un message que vous avez écrit, vous pouvez faire vérifier la formulation; le "
            "résultat ne s'affiche que pour vous.\n\n"
            "{reads} Rien de ce que vous tapez n'est conservé. "
            "Personne n'est dénoncé, noté ni corrigé en public. Les définitions et les chiffres "
            "citent leurs sources. Ce n'est ni un outil de signalement ni une ligne d'aide, et "
            "vous n'y trouverez pas d'avis juridique, clinique ou de ressources humaines.\n\n"
            "En français (Canada) et en anglais. Aucune connexion n'est requise."
        ),
        reads="Ally Nudge ne lit que ce qu'on lui envoie.",
        reads_along=(
            "Ally Nudge reçoit les nouveaux messages des canaux d'une équipe qui l'ajoute, pour un "
            "seul usage : dans les canaux où une personne qui administre l'a permis, signaler à "
            "qui l'a activé, et en privé, quels mots de son propre message pourraient laisser "
            "quelqu'un de côté. Tous les autres messages sont écartés sans être lus."
        ),
        look_up="Chercher un terme",
        look_up_help="Trouver un mot et ajouter sa définition à votre message",
        term="Terme",
        term_help="Un mot ou une question, par exemple manel",
        check="Vérifier la formulation",
        check_help="Des mots plus accueillants pour votre message, affichés pour vous seulement",
    ),
}
