using System.Text;

namespace Portok.Cli.Instances;

/// <summary>
/// Reads what systemd reads from an EnvironmentFile= (systemd.exec(5)), so that portok and the unit never see different
/// values: comments begin with # or ;, a value may be quoted, a backslash at the end of a line joins the next.
/// </summary>
internal static class EnvFile
{
    /// <summary>Variables by name; of a name given twice the last value counts, as in systemd. Lines without "=" are ignored.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        Cursor cursor = new(text);
        while (cursor.SkipToKey())
        {
            string? key = cursor.ReadKey();
            if (key is null)
            {
                continue;
            }

            values[key] = cursor.ReadValue();
        }

        return values;
    }

    private sealed class Cursor(string text)
    {
        private int _at;

        private bool AtEnd => _at >= text.Length;

        /// <summary>To the first character of the next assignment, past blank lines and comments.</summary>
        public bool SkipToKey()
        {
            while (!AtEnd)
            {
                if (char.IsWhiteSpace(text[_at]))
                {
                    _at++;
                }
                else if (text[_at] is '#' or ';')
                {
                    SkipComment();
                }
                else
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The name in front of "="; null, with the line skipped, when there is no "=" or no name.</summary>
        public string? ReadKey()
        {
            int start = _at;
            while (!AtEnd && text[_at] is not ('=' or '\n' or '\r'))
            {
                _at++;
            }

            if (AtEnd || text[_at] != '=')
            {
                return null;
            }

            string key = text[start.._at].TrimEnd();
            _at++;
            if (IsVariableName(key))
            {
                return key;
            }

            ReadValue();
            return null;
        }

        /// <summary>The value after "=", quotes and escapes resolved, to the end of its (possibly continued) line.</summary>
        public string ReadValue()
        {
            StringBuilder value = new();
            int keep = 0; // unquoted white space at the end is dropped, quoted is not
            bool bare = false; // a quote inside a bare word is an ordinary character
            while (!AtEnd && text[_at] is not ('\n' or '\r'))
            {
                char c = text[_at++];
                if (c == '\\')
                {
                    ReadEscape(value);
                    bare = true;
                    keep = value.Length;
                }
                else if (!bare && c is ('\'' or '"'))
                {
                    ReadQuoted(value, c);
                    keep = value.Length;
                }
                else if (!char.IsWhiteSpace(c))
                {
                    value.Append(c);
                    bare = true;
                    keep = value.Length;
                }
                else if (bare)
                {
                    value.Append(c);
                }
            }

            return value.ToString(0, keep);
        }

        private void ReadEscape(StringBuilder value)
        {
            if (AtEnd)
            {
                return;
            }

            char escaped = text[_at++];
            if (escaped is not ('\n' or '\r'))
            {
                value.Append(escaped);
            }
        }

        private void ReadQuoted(StringBuilder value, char quote)
        {
            while (!AtEnd && text[_at] != quote)
            {
                char c = text[_at++];
                if (c == '\\' && quote == '"' && !AtEnd)
                {
                    char escaped = text[_at++];
                    if (escaped == '\n')
                    {
                        continue;
                    }

                    // Inside double quotes only these four are escapes; any other backslash is itself.
                    value.Append(escaped is '"' or '\\' or '`' or '$' ? "" : "\\").Append(escaped);
                }
                else
                {
                    value.Append(c);
                }
            }

            _at++;
        }

        private void SkipComment()
        {
            while (!AtEnd && text[_at] is not ('\n' or '\r'))
            {
                _at++;
            }
        }

        private static bool IsVariableName(string key) =>
            key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
    }
}
