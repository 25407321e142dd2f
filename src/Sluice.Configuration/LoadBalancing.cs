namespace Sluice.Configuration;

public enum LoadBalancing
{
    RoundRobin,

    /// <summary>Of two endpoints chosen at random, the one with fewer requests in flight on this worker.</summary>
    LeastRequest,
}
