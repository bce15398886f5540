using System.CommandLine;
using System.Globalization;

namespace Portok.Cli.CommandLine;

/// <summary>The options every verb understands, before or after the verb.</summary>
internal sealed class SharedOptions
{
    public Option<string?> Url { get; } = new("--url")
    {
        HelpName = "URL",
        Description = "Where the daemon listens (default http://127.0.0.1:3000)",
        Recursive = true,
    };

    public Option<string?> Instance { get; } = new("--instance")
    {
        HelpName = "NAME",
        Description = "Address and token from the instance's env file",
        Recursive = true,
    };

    public Option<string?> Token { get; } = new("--token")
    {
        HelpName = "TOKEN",
        Description = "The admin token",
        Recursive = true,
    };

    public Option<double?> Timeout { get; } = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "Wait at most this long for the daemon's answer",
        Recursive = true,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.01 and <= 3600)
            {
                return seconds;
            }

            result.AddError($"--timeout '{Printable.Of(text)}' is not a number of seconds from 0.01 to 3600.");
            return null;
        },
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Arity = ArgumentArity.Zero,
        Description = "Print exactly one JSON document",
        Recursive = true,
    };

    /// <summary>The options that say which daemon; a verb that makes its own has no use for them.</summary>
    public IReadOnlyList<Option> Connection => [Url, Instance, Token, Timeout];

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All => [Url, Instance, Token, Timeout, Json];
}
