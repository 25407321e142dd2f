namespace Sluice.Controller.Standalone;

/// <summary>Something that people should know of, once.</summary>
/// <param name="Subject">The file or object: when its last problem goes, that is said too.</param>
/// <param name="Text">Without a line number, which changes when something above is edited.</param>
/// <param name="Line">What is printed.</param>
internal sealed record Problem(string Subject, string Text, string Line);
