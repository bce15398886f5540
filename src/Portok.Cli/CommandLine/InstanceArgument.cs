using System.CommandLine;

namespace Portok.Cli.CommandLine;

/// <summary>The instance's name without --instance: <c>portok status api</c>.</summary>
internal static class InstanceArgument
{
    public static Argument<string?> Create() => new("instance")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The same as --instance NAME",
    };
}
