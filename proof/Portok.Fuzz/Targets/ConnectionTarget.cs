namespace Portok.Fuzz.Targets;

internal sealed class ConnectionTarget : IFuzzTarget
{
    public string Name => "connection";
    public IEnumerable<byte[]> Seeds => [];
    public void Run(ReadOnlySpan<byte> input) { }
}
