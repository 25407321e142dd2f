namespace Sluice.Kubernetes.Tests.Support;

/// <summary>What watchers are told.</summary>
public sealed record FakeChange(long Version, string Type, string Collection, string? Namespace, string Json)
{
    public string Line => $$"""{"type":"{{Type}}","object":{{Json}}}""" + "\n";
}
