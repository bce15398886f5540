using Portok.Deployment.Switching;

namespace Portok.Deployment.State;

/// <summary>
/// All that outlives the process. A drain is not part of it: its work lives on connections, and those end with the process.
/// </summary>
/// <param name="ActivePort">Where traffic goes.</param>
/// <param name="LastSwitch">The latest switch; null before the first.</param>
/// <param name="Window">The rollback window the latest manual switch opened, open or already over; null when there is none.</param>
public sealed record SavedState(int ActivePort, SwitchRecord? LastSwitch, RollbackWindow? Window);

/// <summary>The time in which the active port is watched, and the port traffic returns to when it turns bad.</summary>
public sealed record RollbackWindow(int PreviousPort, DateTimeOffset Until);
