namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>Tests that count what the process holds: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FuzzCollection
{
    public const string Name = "fuzz over sockets";
}
