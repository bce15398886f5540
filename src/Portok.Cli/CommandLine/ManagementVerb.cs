using System.CommandLine;

namespace Portok.Cli.CommandLine;

/// <summary>A verb that manages instances on this machine: it finds a daemon through the instance's file only, so the options that say where one is have no meaning for it.</summary>
internal sealed class ManagementVerb : Command, IWithoutConnection
{
    public ManagementVerb(string name, string description, SharedOptions options)
        : base(name, description)
    {
        Validators.Add(result =>
        {
            if (options.Connection.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } useless)
            {
                result.AddError(useless == options.Instance && Arguments.Count > 0
                    ? $"--instance has no meaning for {Name}: give the name alone, portok {Name} NAME."
                    : $"{useless.Name} has no meaning for {Name}.");
            }
        });
    }
}
