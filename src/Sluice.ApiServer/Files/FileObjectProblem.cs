namespace Sluice.ApiServer.Files;

/// <summary>An object of a file that the API does not show.</summary>
/// <param name="File">The path.</param>
/// <param name="Line">Where the object begins.</param>
/// <param name="Message">Why.</param>
public sealed record FileObjectProblem(string File, int Line, string Message);
