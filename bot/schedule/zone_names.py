"""What people call a time zone, beside the cities that the zone data names itself."""

CITIES = """
America/Toronto: Toronto, Montréal, Québec, Quebec City, Ville de Québec, Ottawa, Gatineau, Laval
America/Toronto: Longueuil, Sherbrooke, Trois-Rivières, Saguenay, Lévis, Hamilton, Kingston
America/Toronto: Mississauga, Brampton, Markham, Kitchener, Waterloo, London Ontario, Sudbury
America/Toronto: Thunder Bay, Windsor, Barrie, Guelph, Rimouski, Rouyn-Noranda
America/Vancouver: Vancouver, Victoria, Surrey, Burnaby, Kelowna, Kamloops, Nanaimo
America/Vancouver: Prince George, Colombie-Britannique, British Columbia, BC
America/Edmonton: Edmonton, Calgary, Red Deer, Lethbridge, Banff, Medicine Hat, Alberta
America/Edmonton: Yellowknife
America/Winnipeg: Winnipeg, Brandon, Manitoba
America/Regina: Regina, Saskatoon, Moose Jaw, Prince Albert, Saskatchewan
America/Halifax: Halifax, Charlottetown, Dartmouth, Nouvelle-Écosse, Nova Scotia, Truro
America/Halifax: Île-du-Prince-Édouard, Prince Edward Island, Cap-Breton, Cape Breton
America/Moncton: Moncton, Fredericton, Saint John, Saint-Jean, Edmundston, Dieppe, Bathurst
America/Moncton: Nouveau-Brunswick, New Brunswick
America/St_Johns: St. John's, Saint John's, St Johns, Saint Johns, Corner Brook
America/St_Johns: Terre-Neuve, Newfoundland, Saint-Jean de Terre-Neuve
America/Goose_Bay: Goose Bay, Labrador
America/Whitehorse: Whitehorse, Yukon
America/Iqaluit: Iqaluit, Nunavut
America/Toronto: Ontario, l'Ontario
America/New_York: New York, NYC, New York City, Boston, Washington, Washington DC, Philadelphia
America/New_York: Miami, Atlanta, Philadelphie, Pittsburgh, Baltimore, Charlotte, Orlando
America/Chicago: Chicago, Houston, Dallas, Austin, Minneapolis, San Antonio, Nashville, Memphis
America/Chicago: La Nouvelle-Orléans, New Orleans, Saint-Louis, St. Louis, Milwaukee
America/Denver: Denver, Salt Lake City, Albuquerque
America/Phoenix: Phoenix, Tucson
America/Los_Angeles: Los Angeles, San Francisco, Seattle, San Diego, Portland, Las Vegas
America/Los_Angeles: Sacramento, San Jose, Californie, California
America/Mexico_City: Mexico, Mexico City, Ciudad de Mexico
America/Sao_Paulo: Sao Paulo, Rio, Rio de Janeiro, Brasilia
America/Argentina/Buenos_Aires: Buenos Aires
America/Bogota: Bogota
America/Havana: La Havane, Havana
Europe/London: London, Londres, Edinburgh, Édimbourg, Manchester, Birmingham, Glasgow, Cardiff
Europe/London: UK, Leeds, Liverpool, Bristol
Europe/Dublin: Dublin
Europe/Paris: Paris, Lyon, Marseille, Toulouse, Bordeaux, Lille, Nantes, Strasbourg, Montpellier
Europe/Paris: la France, France
Europe/Brussels: Bruxelles, Brussels, Anvers, Antwerp, Liège, Gand
Europe/Zurich: Zurich, Genève, Geneva, Lausanne, Berne, Bern, Bâle, Basel
Europe/Berlin: Berlin, Munich, Hambourg, Hamburg, Francfort, Frankfurt, Cologne, Stuttgart
Europe/Madrid: Madrid, Barcelone, Barcelona, Valencia, Séville, Sevilla
Europe/Rome: Rome, Milan, Naples, Turin, Florence, Venise, Venice
Europe/Lisbon: Lisbonne, Lisbon, Porto
Europe/Vienna: Vienne, Vienna
Europe/Athens: Athènes, Athens
Europe/Copenhagen: Copenhague, Copenhagen
Europe/Warsaw: Varsovie, Warsaw, Cracovie, Krakow
Europe/Prague: Prague
Europe/Moscow: Moscou, Moscow
Europe/Kyiv: Kyiv, Kiev
Europe/Amsterdam: Amsterdam, Rotterdam, La Haye, The Hague
Europe/Bucharest: Bucarest, Bucharest
Africa/Algiers: Alger, Algiers
Africa/Cairo: Le Caire, Cairo
Africa/Casablanca: Casablanca, Rabat
Africa/Johannesburg: Johannesburg, Cape Town, Le Cap, Pretoria, Durban
Africa/Tunis: Tunis
Asia/Kolkata: Kolkata, Calcutta, Mumbai, Bombay, New Delhi, Delhi, Bangalore, Bengaluru
Asia/Kolkata: Hyderabad, Chennai, Madras, Pune
Asia/Shanghai: Shanghai, Beijing, Pékin, Shenzhen, Guangzhou
Asia/Hong_Kong: Hong Kong
Asia/Singapore: Singapore, Singapour
Asia/Tokyo: Tokyo, Osaka, Kyoto
Asia/Seoul: Seoul, Séoul
Asia/Jerusalem: Jérusalem, Tel Aviv
Asia/Dubai: Dubai, Dubaï, Abu Dhabi
Asia/Manila: Manille, Manila
Asia/Tehran: Téhéran, Tehran
Asia/Beirut: Beyrouth, Beirut
Asia/Damascus: Damas, Damascus
Asia/Baghdad: Bagdad, Baghdad
Asia/Riyadh: Riyad, Riyadh
Asia/Kathmandu: Katmandou, Kathmandu
Asia/Ho_Chi_Minh: Hanoi, Hanoï, Ho Chi Minh, Saigon, Saïgon
Asia/Bangkok: Bangkok
Asia/Taipei: Taipei
Asia/Jakarta: Jakarta
Asia/Karachi: Karachi, Lahore, Islamabad
Asia/Dhaka: Dhaka
Australia/Sydney: Sydney, Canberra
Australia/Melbourne: Melbourne
Australia/Brisbane: Brisbane
Australia/Perth: Perth
Pacific/Auckland: Auckland, Wellington
Pacific/Honolulu: Honolulu, Hawaii, Hawaï
America/Port-au-Prince: Port-au-Prince
"""

REGIONS = """
America/Toronto: Eastern, Eastern Time, Eastern Standard Time, Eastern Daylight Time, US Eastern
America/Toronto: EST, EDT, ET, HNE, HAE, HE, l'Est, Est
America/Winnipeg: Central, Central Time, Central Standard Time, Central Daylight Time
America/Winnipeg: CST, CDT, CT, HNC, HAC, HC, Centre
America/Edmonton: Mountain, Mountain Time, Mountain Standard Time, Mountain Daylight Time
America/Edmonton: MST, MDT, MT, HNR, HAR, HR, Rocheuses
America/Vancouver: Pacific, Pacific Time, Pacific Standard Time, Pacific Daylight Time
America/Vancouver: PST, PDT, PT, HNP, HAP, HP, Pacifique
America/Halifax: Atlantic, Atlantic Time, Atlantic Standard Time, Atlantic Daylight Time
America/Halifax: AST, ADT, AT, HNA, HAA, HA, Atlantique
America/St_Johns: Newfoundland Time, Newfoundland Standard Time, Newfoundland Daylight Time
America/St_Johns: NST, NDT, NT, HNT, HAT, HT
America/Whitehorse: Yukon Time, HNY, HAY
America/Anchorage: AKST, AKDT, Alaska
Pacific/Honolulu: HST
Europe/London: BST, UK Time
Europe/Paris: CET, CEST, HNEC, HAEC, HEC, Europe centrale, Central European Time
Europe/Athens: EET, EEST
Asia/Tokyo: JST
UTC: UTC, TU, TUC, Coordinated Universal Time, temps universel, Z
GMT: GMT, Greenwich, Greenwich Mean Time, TMG
"""

SEASONS = ("normale", "avancée")
"""French names of regions have these between "heure" and the region."""

IN_FRENCH = """
America/Toronto: Toronto, America/Vancouver: Vancouver, America/St_Johns: Saint-Jean de Terre-Neuve
America/Mexico_City: Mexico, Europe/London: Londres, Europe/Brussels: Bruxelles
Europe/Zurich: Zurich, Europe/Lisbon: Lisbonne, Europe/Vienna: Vienne, Europe/Athens: Athènes
Europe/Warsaw: Varsovie, Europe/Moscow: Moscou, Europe/Copenhagen: Copenhague
Africa/Algiers: Alger, Africa/Cairo: Le Caire, Asia/Singapore: Singapour, Asia/Seoul: Séoul
Asia/Jerusalem: Jérusalem, Asia/Dubai: Dubaï, Asia/Manila: Manille, Asia/Tehran: Téhéran
Asia/Beirut: Beyrouth, Asia/Damascus: Damas, Asia/Baghdad: Bagdad, America/Havana: La Havane
"""

IN_ENGLISH = "America/St_Johns: St. John's"

NOT_CITIES = frozenset(
    """easter center central eastern mountain pacific atlantic general act north south west east
    indiana navajo universal zulu greenwich knox troll casey davis nome factory""".split()
)
"""Ends of zone names that are words, or nobody's city."""
