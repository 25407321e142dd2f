namespace Sluice.Configuration.Streaming;

/// <summary>What a proxy says of a version, and with it of those before that it has not answered.</summary>
/// <param name="Version">The update's.</param>
/// <param name="Applied">Every worker serves it, listeners with errors excepted. False: what was in force before still is.</param>
/// <param name="Errors">What is not served, and why.</param>
/// <param name="Warnings">Parts of rules that are not served as written.</param>
public sealed record Answer(long Version, bool Applied, IReadOnlyList<AnswerError> Errors, IReadOnlyList<string> Warnings);
