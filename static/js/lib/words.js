// Words in the language of the page: Django's catalogue, a classic script, is read here alone.
export const gettext = (text) => window.gettext(text);
export const ngettext = (one, many, n) => window.ngettext(one, many, n);

/** Fill %(name)s in a translated text. */
export const fill = (text, values) => window.interpolate(text, values, true);

const numbers = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: 'always' });

/** A number as the language of the page writes it. */
export const number = (n) => numbers.format(n);
