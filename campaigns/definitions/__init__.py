"""The bundled campaigns: a notice in Chinese with sample units, and a week in English."""
