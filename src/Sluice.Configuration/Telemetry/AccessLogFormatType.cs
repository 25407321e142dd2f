namespace Sluice.Configuration.Telemetry;

/// <summary>What <see cref="AccessLogFormat.Value"/> is.</summary>
public enum AccessLogFormatType
{
    /// <summary>Text with command operators; a line is what they become, with its line feed if the text has one.</summary>
    Text,

    /// <summary>A JSON object whose strings may hold command operators; a line is the object with them replaced, and a line feed.</summary>
    Json,
}
