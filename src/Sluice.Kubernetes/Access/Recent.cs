namespace Sluice.Kubernetes.Access;

/// <summary>A value that is read anew when it is older than a minute, or on request. What cannot be read anew stays in use. Thread-safe.</summary>
/// <param name="read">Gets the value that is known, null at first; gives the same instance when nothing has changed.</param>
/// <param name="clock">Tells the age.</param>
internal sealed class Recent<T>(Func<T?, T> read, TimeProvider clock)
    where T : class
{
    /// <summary>A pod's token is good for 10 minutes at least, and replaced at four fifths of its life.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private T? _value;
    private long _readAt;

    /// <exception cref="ClusterAccessException">It could not be read, neither now nor before.</exception>
    public T Value
    {
        get
        {
            lock (_lock)
            {
                if (_value is { } known && clock.GetElapsedTime(_readAt) < MaxAge)
                    return known;
                try
                {
                    _value = read(_value);
                    _readAt = clock.GetTimestamp();
                }
                catch (ClusterAccessException) when (_value is not null)
                {
                    // Being replaced at this moment, perhaps: the next request tries again, and 401 tells when it is too old.
                }

                return _value!;
            }
        }
    }

    /// <summary>The value is of no use any more: the next reader gets it from its source.</summary>
    public void Expire(T value)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_value, value))
                _readAt = clock.GetTimestamp() - (long)(clock.TimestampFrequency * (MaxAge.TotalSeconds + 1));
        }
    }
}
