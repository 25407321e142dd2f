using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Asks a service whether a request may pass.</summary>
public sealed record ExtAuthPolicy
{
    /// <summary>A GatewayExtension with extAuth.</summary>
    public ExtensionReference? ExtensionRef { get; init; }

    /// <summary>Takes the place of that of the extension.</summary>
    public BodyBuffer? WithRequestBody { get; init; }

    /// <summary>Told to the service beside the request.</summary>
    public IReadOnlyDictionary<string, string> ContextExtensions { get; init; } = ObjectMeta.EmptyMap;

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
