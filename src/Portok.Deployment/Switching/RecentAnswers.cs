namespace Portok.Deployment.Switching;

/// <summary>
/// The first answers to switches that carried a key. The latest 256 are kept; beyond that the oldest is forgotten, and its
/// key counts as new. Used in turns only.
/// </summary>
/// <remarks>
/// Only answers that fulfilled the wish are kept (Switched, AlreadyActive). A refused wish changed nothing, so its key may be
/// tried again: that is what a deploy script that retries until the app is up wants.
/// </remarks>
internal sealed class RecentAnswers
{
    public const int Capacity = 256;

    private readonly Dictionary<string, SwitchOutcome> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public SwitchOutcome? Find(string key) => _answers.GetValueOrDefault(key);

    public void Keep(string key, SwitchOutcome answer)
    {
        if (answer.Kind is not (SwitchOutcomeKind.Switched or SwitchOutcomeKind.AlreadyActive) || !_answers.TryAdd(key, answer))
            return;
        _order.Enqueue(key);
        if (_order.Count > Capacity)
            _answers.Remove(_order.Dequeue());
    }
}
