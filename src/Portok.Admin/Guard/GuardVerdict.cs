using Portok.Admin.Serving;

namespace Portok.Admin.Guard;

/// <summary>What a guard says of a request.</summary>
/// <param name="Refusal">The answer that refuses it; null: it may pass.</param>
/// <param name="Caller">Who asks, for the log: an address or "uid 1000". Never text a client wrote.</param>
internal readonly record struct GuardVerdict(AdminReply? Refusal, string Caller);
