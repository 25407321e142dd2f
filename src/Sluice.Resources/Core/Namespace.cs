namespace Sluice.Resources.Core;

public sealed record Namespace : KubernetesObject
{
    public override string Kind => "Namespace";
}
