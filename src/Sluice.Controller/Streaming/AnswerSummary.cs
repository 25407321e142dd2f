using Sluice.Configuration.Streaming;
using Sluice.Translation;

namespace Sluice.Controller.Streaming;

/// <summary>What several proxies said of one configuration, in one.</summary>
internal static class AnswerSummary
{
    /// <summary>
    /// In force where one proxy serves it. A listener that any of them cannot serve has failed; that another proxy has refused the
    /// whole is a warning then.
    /// </summary>
    public static ApplyOutcome Of(IReadOnlyList<Answer> answers)
    {
        if (answers.All(answer => answer is { Applied: true, Errors.Count: 0, Warnings.Count: 0 }))
            return ApplyOutcome.Success;
        var isApplied = answers.Any(answer => answer.Applied);
        var errors = answers.SelectMany(answer => answer.Errors).Distinct().ToLookup(error => isApplied && error.Listener is null);
        var failures = errors[false]
            .OrderBy(error => error.Listener, StringComparer.Ordinal)
            .ThenBy(error => error.Message, StringComparer.Ordinal)
            .Select(error => new ApplyFailure(error.Listener, error.Message, error.Reason));
        var warnings = answers
            .SelectMany(answer => answer.Warnings)
            .Concat(errors[true].Select(error => $"a proxy has refused the configuration and serves the one before: {error.Message}"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return new ApplyOutcome(isApplied, [.. failures]) { Warnings = [.. warnings] };
    }
}
