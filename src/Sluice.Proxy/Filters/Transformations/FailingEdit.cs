using Sluice.Proxy.Bodies;

namespace Sluice.Proxy.Filters.Transformations;

/// <summary>Stands for a transformation that cannot be compiled: it may guard something, so nothing passes.</summary>
internal sealed class FailingEdit : IBodyEdit
{
    public static FailingEdit Instance { get; } = new();

    public bool NeedsBody => false;

    public BodyVerdict Apply(BodyMessage message) => BodyVerdict.Failed;
}
