-- The layout of a registry as a SQLite database (REGISTRY_URL=sqlite:PATH).
-- It is opened read only, read in one transaction and never created. The types are those of the source: more columns and
-- more tables may be there and are ignored; a column that isn't NOT NULL here may be missing as well as null.

-- Core: must be there and hold rows.
CREATE TABLE regions (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    countries TEXT NOT NULL,         -- JSON list of ISO 3166-1 alpha-2 codes, '[]' for none
    currency TEXT,                   -- ISO 4217, three capital letters
    timezone TEXT,                   -- IANA name: a sale's date is the date there
    language TEXT                    -- BCP 47
);

-- Core: must be there and hold rows.
CREATE TABLE agents (
    key TEXT PRIMARY KEY,            -- stays the same for life
    id TEXT,                         -- the source's own number for the agent, if it has one; may be re-used
    name TEXT NOT NULL,
    title TEXT,                      -- shown, never read for a meaning
    department TEXT,
    region TEXT,                     -- regions.key
    reports_to TEXT,                 -- agents.key
    is_agent INTEGER NOT NULL,       -- 1, or 0 for a human or a tool, which may own no service
    status TEXT NOT NULL
);

-- Core: must be there and hold rows.
CREATE TABLE carolverse_services (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    owner TEXT,                      -- agents.key; may be null where the service isn't sellable
    category TEXT,
    status TEXT,
    cost_center TEXT,
    sellable INTEGER NOT NULL,       -- 1 or 0
    list_price_minor INTEGER,        -- in minor units of currency
    currency TEXT                    -- ISO 4217; needed beside a list price
);

-- Core: must be there, may be empty. One row is one version of a service's commission terms, never edited later.
CREATE TABLE commission_terms (
    service TEXT NOT NULL,           -- carolverse_services.key
    currency TEXT NOT NULL,          -- ISO 4217
    starts TEXT NOT NULL,            -- YYYY-MM-DD, in force from that day until the next version in that currency starts
    rate_bp INTEGER,                 -- basis points, 0 to 10000; either this or bands
    bands TEXT,                      -- JSON list of {"up_to_minor": N, "rate_bp": N}, rising, the last with up_to_minor null; or 'null'
    fixed_minor INTEGER,             -- added to every win; 0 when missing
    floor_minor INTEGER,             -- the least; 0 when missing
    cap_minor INTEGER,               -- the most; none when missing
    scope TEXT,                      -- win, month, quarter or year: what bands and cap count over; win when missing
    base TEXT,                       -- list or after_credit; list when missing
    instalments INTEGER,             -- N for a recurring payment for N months, 1 to 120; 1 when missing
    hold_days INTEGER,               -- days until a commission is due, 0 to 3660; 0 when missing
    rounding TEXT,                   -- HALF_UP, HALF_EVEN or DOWN; HALF_UP when missing
    sample INTEGER,                  -- 1 marks terms that nobody has agreed to; 0 when missing
    PRIMARY KEY (service, currency, starts)
);

-- Optional: who works for a service beside its owner.
CREATE TABLE service_agents (
    service TEXT NOT NULL,           -- carolverse_services.key
    agent TEXT NOT NULL,             -- agents.key
    role TEXT NOT NULL,              -- support, …
    PRIMARY KEY (service, agent, role)
);

-- Optional: the steps of the pipeline and the agents that answer for them.
CREATE TABLE blocks (
    key TEXT PRIMARY KEY,
    owner TEXT,                      -- agents.key
    parent_service TEXT,             -- carolverse_services.key
    position INTEGER                 -- 0 to 10000
);

-- Optional: registered workers.
CREATE TABLE droids (
    id TEXT PRIMARY KEY,             -- the droid's key
    name TEXT,
    owner TEXT,                      -- agents.key
    block TEXT,                      -- blocks.key
    process_type TEXT,               -- scheduled, triggered or on demand
    schedule TEXT
);
