namespace Portok.Compare.Scenarios;

/// <summary>A kind of traffic.</summary>
/// <param name="Name">As written on the command line.</param>
/// <param name="Title">For people.</param>
/// <param name="Path">What is asked for.</param>
/// <param name="Connections">Kept-alive client connections, each with one request at a time.</param>
internal sealed record Scenario(string Name, string Title, string Path, int Connections);
