using System.Text;

namespace Portok.Settings;

/// <summary>What an environment file holds, and what in it was not understood (with line numbers, never with values).</summary>
public sealed record EnvironmentFileContent(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Warnings);

/// <summary>
/// Reads the syntax of systemd's EnvironmentFile= (systemd.exec(5)), so that a file means the same to the daemon as to the
/// manager: comments with # or ;, single and double quotes, backslash escapes, continued lines; a later line wins. Pure.
/// </summary>
public sealed class EnvironmentFile
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly StringBuilder _name = new();
    private readonly StringBuilder _value = new();
    private Place _place = Place.LineStart;
    private int _line = 1;
    private int _assignmentLine = 1;
    private int _keptLength;

    private EnvironmentFile()
    {
    }

    private enum Place
    {
        LineStart,
        Comment,
        Name,
        BeforeValue,
        Value,
        ValueEscape,
        SingleQuoted,
        DoubleQuoted,
        DoubleQuotedEscape,
    }

    /// <summary>Reads the text of a file.</summary>
    public static EnvironmentFileContent Parse(string text)
    {
        EnvironmentFile parser = new();
        foreach (char c in text.StartsWith('\ufeff') ? text.AsSpan(1) : text)
        {
            parser.Take(c);
            if (c == '\n')
            {
                parser._line++;
            }
        }

        parser.End();
        return new EnvironmentFileContent(parser._variables, parser._warnings);
    }

    private static bool IsNewLine(char c) => c is '\n' or '\r';

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r';

    private void Take(char c)
    {
        switch (_place)
        {
            case Place.LineStart:
                if (c is '#' or ';')
                {
                    _place = Place.Comment;
                }
                else if (!IsSpace(c))
                {
                    _assignmentLine = _line;
                    _name.Append(c);
                    _place = Place.Name;
                }

                break;
            case Place.Comment:
                _place = IsNewLine(c) ? Place.LineStart : Place.Comment;
                break;
            case Place.Name:
                TakeName(c);
                break;
            case Place.BeforeValue:
            case Place.Value:
                TakeValue(c);
                break;
            case Place.ValueEscape:
                _place = Place.Value;
                if (!IsNewLine(c))
                {
                    Keep(c);
                }

                break;
            case Place.SingleQuoted:
                TakeQuoted(c, '\'');
                break;
            case Place.DoubleQuoted:
                TakeQuoted(c, '"');
                break;
            case Place.DoubleQuotedEscape:
                TakeDoubleQuotedEscape(c);
                break;
        }
    }

    private void TakeName(char c)
    {
        if (IsNewLine(c))
        {
            _warnings.Add($"line {_assignmentLine} is no assignment (NAME=VALUE) and is ignored");
            _name.Clear();
            _place = Place.LineStart;
        }
        else if (c == '=')
        {
            _place = Place.BeforeValue;
        }
        else
        {
            _name.Append(c);
        }
    }

    private void TakeValue(char c)
    {
        if (IsNewLine(c))
        {
            Assign();
        }
        else if (c == '\\')
        {
            _place = Place.ValueEscape;
            _keptLength = _value.Length;
        }
        else if (_place == Place.BeforeValue && c is '\'' or '"')
        {
            // A quote opens only in front of a value (or right after another quoted part); inside one it is a character.
            _place = c == '"' ? Place.DoubleQuoted : Place.SingleQuoted;
        }
        else if (IsSpace(c))
        {
            if (_place == Place.Value)
            {
                _value.Append(c);
            }
        }
        else
        {
            _place = Place.Value;
            Keep(c);
        }
    }

    private void TakeQuoted(char c, char quote)
    {
        if (c == quote)
        {
            _place = Place.BeforeValue;
        }
        else if (c == '\\' && quote == '"')
        {
            _place = Place.DoubleQuotedEscape;
        }
        else
        {
            Keep(c);
        }
    }

    private void TakeDoubleQuotedEscape(char c)
    {
        _place = Place.DoubleQuoted;
        if (c == '\n')
        {
            return;
        }

        if (c is not ('"' or '\\' or '`' or '$'))
        {
            Keep('\\');
        }

        Keep(c);
    }

    /// <summary>Adds a character that stays even at the end of the value, unlike white space.</summary>
    private void Keep(char c)
    {
        _value.Append(c);
        _keptLength = _value.Length;
    }

    private void Assign()
    {
        string name = _name.ToString().TrimEnd();
        if (IsVariableName(name))
        {
            _variables[name] = _value.ToString(0, _keptLength);
        }
        else
        {
            _warnings.Add($"line {_assignmentLine}: '{LogSafe.Shorten(name)}' is no name of a variable; the line is ignored");
        }

        _name.Clear();
        _value.Clear();
        _keptLength = 0;
        _place = Place.LineStart;
    }

    private void End()
    {
        if (_place is Place.SingleQuoted or Place.DoubleQuoted or Place.DoubleQuotedEscape)
        {
            _warnings.Add($"line {_assignmentLine}: the quote that opens there is never closed");
        }

        if (_place == Place.Name)
        {
            TakeName('\n');
        }
        else if (_place is not (Place.LineStart or Place.Comment))
        {
            Assign();
        }
    }

    private static bool IsVariableName(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
