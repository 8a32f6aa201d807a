"""Who somebody is, without anybody being told: key rings, entry keys, marks and rates. Pure; no Django."""
