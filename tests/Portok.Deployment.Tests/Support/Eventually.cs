using Shouldly;

namespace Portok.Deployment.Tests.Support;

internal static class Eventually
{
    /// <summary>For what another thread does a moment later; bounded.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TimeProvider.System.GetElapsedTime(deadline).ShouldBeLessThan(TimeSpan.FromSeconds(10), "it did not come about");
            await Task.Delay(1);
        }
    }
}
