// Says of each card on standard input what Microsoft's own parser has against it.
//
// The parser is forgiving: it passes over what it does not know. So it is asked for the card again
// as it understood it, and whatever is not in there counts as not understood.

const cards = require(`${process.cwd()}/node_modules/adaptivecards/dist/adaptivecards.js`);

const MOST_ACTIONS = 6;

function faults(given) {
  const context = new cards.SerializationContext(cards.Versions.v1_5);
  const card = new cards.AdaptiveCard();
  card.hostConfig = new cards.HostConfig({ actions: { maxActions: MOST_ACTIONS } });
  card.parse(given, context);
  const events = [...card.validateProperties().validationEvents];
  for (let number = 0; number < context.eventCount; number++) events.push(context.getEventAt(number));
  if (card.version.compareTo(cards.Versions.v1_5) > 0) {
    return [`Teams knows no cards of version ${given.version} yet`];
  }
  return [
    ...events.map((event) => `${cards.ValidationEvent[event.event]}: ${event.message}`),
    ...lost(given, card.toJSON(), "card"),
  ];
}

// What was given and is not understood. A fallback is for clients that do not know what it stands
// in for, and this one does; a default need not be said.
function lost(given, kept, place) {
  if (given === "Default" && kept === undefined) return [];
  if (typeof given !== "object" || given === null) {
    return given === kept ? [] : [`${place} is understood as ${JSON.stringify(kept)}`];
  }
  const found = [];
  if (Array.isArray(given) && given.length !== kept?.length) {
    found.push(`of ${given.length} ${place} ${kept?.length ?? 0} are understood`);
  }
  for (const name of Object.keys(given)) {
    if (name !== "fallback") found.push(...lost(given[name], kept?.[name], `${place}.${name}`));
  }
  return found;
}

// A card as a client sees it that knows nothing but fallbacks.
function fallen(given) {
  const actions = given.actions?.map((action) => action.fallback ?? action);
  return actions ? { ...given, actions } : given;
}

function judge(given) {
  try {
    return [...faults(given), ...faults(fallen(given))];
  } catch (error) {
    return [String(error)];
  }
}

const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(given.map(judge)));
