using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

/// <summary>References as Kubernetes' own kinds have them.</summary>
internal static class ReferenceSchemas
{
    public static SchemaNode Object { get; } = Shape.Object(
        Optional("apiVersion", AnyText),
        Optional("kind", AnyText),
        Optional("namespace", AnyText),
        Optional("name", AnyText),
        Optional("uid", AnyText),
        Optional("resourceVersion", AnyText),
        Optional("fieldPath", AnyText, "A part of the object.")).Named("io.k8s.api.core.v1.ObjectReference") with
    { IsAtomicMap = true };

    public static SchemaNode Local { get; } = Shape.Object(Optional("name", AnyText)) with { IsAtomicMap = true };
}
