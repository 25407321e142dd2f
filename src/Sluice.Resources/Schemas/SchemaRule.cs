using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>A rule in the Common Expression Language that an API server checks (x-kubernetes-validations).</summary>
/// <param name="Expression">True when the value is right; the value is <c>self</c>.</param>
/// <param name="Message">What the user is told when it is not.</param>
public sealed record SchemaRule(string Expression, string Message)
{
    /// <summary>The same for a document, whose types are right; null where the kind's binder checks it.</summary>
    internal Func<Node, bool>? Holds { get; init; }
}
