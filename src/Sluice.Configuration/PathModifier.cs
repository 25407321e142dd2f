namespace Sluice.Configuration;

/// <summary>HTTPPathModifier. The query is kept.</summary>
public sealed record PathModifier(PathModifierType Type, string Value);
