namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>A part of a JSON format: <see cref="FormatText"/>, <see cref="FormatConstant"/>, <see cref="FormatObject"/> or <see cref="FormatList"/>.</summary>
public abstract record FormatNode;
