namespace Sluice.Translation.Gateways;

/// <summary>Something about a listener that changes no condition's status: it stands in the condition's message, and is a notice.</summary>
/// <param name="Condition">Type of the condition; null for a notice only.</param>
/// <param name="Message">Begins with the field.</param>
/// <param name="IsWarning">True when something does not work as written.</param>
internal sealed record Remark(string? Condition, string Message, bool IsWarning);
