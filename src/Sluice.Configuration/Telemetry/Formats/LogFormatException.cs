namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>A format or filter cannot be used; the message says what is wrong where, and what would be right.</summary>
public sealed class LogFormatException(string message) : Exception(message);
