namespace Sluice.Controller.Files;

/// <summary>Changes to act on together.</summary>
/// <param name="Rescan">Look at all folders again.</param>
/// <param name="Files">Files to look at: read, or forgotten when they are gone.</param>
internal readonly record struct ChangeBatch(bool Rescan, List<FilePlace> Files);
