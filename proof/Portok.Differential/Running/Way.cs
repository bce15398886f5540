using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>The way through one peer in one lane.</summary>
internal sealed record Way(string Peer, int Port, RecordingOrigin Origin);
