namespace Sluice.Expressions.Cel;

/// <summary>
/// What an expression may read. <c>Key</c>: the only entry of the attribute, a map, that is read here; null when any
/// may be.
/// </summary>
public sealed record CelReference(CelAttribute Attribute, string? Key);
