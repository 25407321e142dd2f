namespace Sluice.Controller.RateLimits;

/// <summary>What is answered when the counters cannot be reached.</summary>
public enum CounterFailure
{
    /// <summary>An error of gRPC (UNAVAILABLE): whoever asks decides, a proxy by its failOpen.</summary>
    Error,

    /// <summary>Everything passes.</summary>
    Open,

    /// <summary>What has a limit is over it.</summary>
    Closed,
}
