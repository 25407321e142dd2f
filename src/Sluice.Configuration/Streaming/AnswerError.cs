namespace Sluice.Configuration.Streaming;

/// <summary>Listener is its name, or null when the error concerns the whole configuration.</summary>
public sealed record AnswerError(string? Listener, string Message, ApplyErrorReason Reason);
