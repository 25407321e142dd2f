using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Lets a service change exchanges.</summary>
public sealed record ExtProcPolicy
{
    /// <summary>A GatewayExtension with extProc.</summary>
    public ExtensionReference? ExtensionRef { get; init; }

    /// <summary>Takes the place of that of the extension.</summary>
    public ProcessingMode? ProcessingMode { get; init; }

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
