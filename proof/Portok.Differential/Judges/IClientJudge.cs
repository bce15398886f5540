namespace Portok.Differential.Judges;

/// <summary>A real HTTP client that asks twice, on one connection when it can, and says what it got.</summary>
internal interface IClientJudge
{
    string Name { get; }

    Task<(ClientReading First, ClientReading Next)> AskAsync(int port, string method);
}
