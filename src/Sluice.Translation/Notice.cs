using Sluice.Resources;

namespace Sluice.Translation;

/// <summary>Something worth telling people that no status condition can say.</summary>
/// <param name="Subject">The object, as "Kind namespace/name".</param>
/// <param name="Source">Where it was read, if from a file.</param>
/// <param name="Message">What was found, and what would be right.</param>
/// <param name="IsWarning">True when something does not work as written; false for information.</param>
public sealed record Notice(string Subject, SourceLocation? Source, string Message, bool IsWarning);
