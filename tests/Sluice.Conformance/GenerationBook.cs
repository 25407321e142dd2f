using Sluice.Conformance.Cluster;

namespace Sluice.Conformance;

/// <summary>
/// The generation that each object must have reached. With an API server it counts up at the moment of a change; here the
/// command itself counts when it reads the changed file, so that a status before that is one of the past.
/// </summary>
internal sealed class GenerationBook
{
    private readonly Dictionary<ObjectKey, long> _least = [];
    private readonly Lock _lock = new();

    public void Created(ObjectKey key) => Set(key, 1);

    /// <summary>The object had this generation and was changed since.</summary>
    public void Changed(ObjectKey key, long before) => Set(key, before + 1);

    /// <summary>Null when the object has got there, else why not.</summary>
    public string? Behind(ObjectKey key, long? generation)
    {
        long least;
        lock (_lock)
            least = _least.GetValueOrDefault(key, 1);
        return generation switch
        {
            null => $"{key} is not in the status",
            { } found when found < least => $"{key} is shown in generation {found}, {least} was written",
            _ => null,
        };
    }

    private void Set(ObjectKey key, long least)
    {
        lock (_lock)
            _least[key] = least;
    }
}
