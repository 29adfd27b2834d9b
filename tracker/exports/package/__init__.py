"""A Data Package for readers: public rows as CSV, with what every column means. The standard: https://datapackage.org/standard/data-package/"""
