namespace Sluice.Proxy.Tests.Support;

/// <summary>Tests that look at what the whole process holds: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
