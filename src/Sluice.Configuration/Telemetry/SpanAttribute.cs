namespace Sluice.Configuration.Telemetry;

/// <summary>An attribute of a span.</summary>
/// <param name="Name">As it is exported.</param>
/// <param name="Value">A format as of access logs; what is only text is a literal. Without a value the attribute is left out.</param>
/// <param name="Default">Stands for a value that there is not; null: the attribute is left out then.</param>
public sealed record SpanAttribute(string Name, string Value, string? Default = null);
