"""The payment watch: `months` is its calendar, `statements` one question per kind of rule, `looking` asks them and
keeps alerts, `trying` asks them about the past and keeps none."""
