namespace Portok.Deployment.Switching;

/// <summary>
/// Lets one piece of work run at a time, in order of arrival. <see cref="SemaphoreSlim"/> promises no order, hence this.
/// Any thread.
/// </summary>
internal sealed class TurnQueue
{
    private readonly Lock _sync = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Waits for the turn, then runs the work on the caller's flow.</summary>
    /// <param name="cancellation">Gives up waiting; the work decides for itself whether it heeds it.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the turn came: the work did not run.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_sync)
        {
            before = _last;
            _last = done.Task;
        }

        try
        {
            await before.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The place in the queue is given up only when its turn comes, else the next would overtake the one before.
            _ = before.ContinueWith(
                _ => done.SetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }

        try
        {
            cancellation.ThrowIfCancellationRequested();
            return await work();
        }
        finally
        {
            done.SetResult();
        }
    }
}
