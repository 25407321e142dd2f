namespace Sluice.Kubernetes.Tests.Watching;

/// <summary>What a test keeps of an object: a class, so that instances can be told apart.</summary>
internal sealed class Seen(string value)
{
    public string Value => value;

    public override string ToString() => value;
}
