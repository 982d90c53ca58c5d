-- States 64 to 127 are against a rule. There are next to none, and an owner who asks for them shouldn't wait for the whole log.
CREATE INDEX entries_refused ON entries(audience, device, number) WHERE state BETWEEN 64 AND 127;
