using Sluice.Configuration;

namespace Sluice.Translation;

/// <summary>Listener is the section name, or null when the failure concerns the whole configuration.</summary>
public sealed record ApplyFailure(string? Listener, string Message, ApplyErrorReason Reason = ApplyErrorReason.PortUnavailable);
