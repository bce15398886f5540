using System.CommandLine;
using Portok.Settings;

namespace Portok.Cli.CommandLine;

/// <summary>The instance's name as an argument: <c>portok status api</c>, <c>portok start api</c>.</summary>
internal static class InstanceArgument
{
    /// <summary>The name of an instance that a verb manages. A name that is none is refused before any file is looked at.</summary>
    public static Argument<string> Required(string description = "The instance")
    {
        Argument<string> name = new("name") { Description = description };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var typed }] && !InstanceName.IsValid(typed))
            {
                result.AddError($"'{Printable.Of(typed)}' is no instance name: it must be {InstanceName.Allowed}.");
            }
        });
        return name;
    }

    public static Argument<string?> Create() => new("instance")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The same as --instance NAME",
    };
}
