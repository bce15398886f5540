using System.CommandLine.Parsing;
using System.Globalization;

namespace Portok.Cli.CommandLine;

/// <summary>Reads a TCP port from the command line.</summary>
internal static class Port
{
    public const string Rule = "a port is a number from 1 to 65535";

    /// <summary>The port; on anything else an error is added and the result is 0.</summary>
    public static int Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65535)
        {
            return port;
        }

        result.AddError($"'{Printable.Of(text)}' is no port: {Rule}.");
        return 0;
    }
}
