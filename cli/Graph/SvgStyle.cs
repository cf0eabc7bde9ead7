namespace AutoFlow.Cli.Graph;

/// <summary>The colours of a graph, by light and by dark.</summary>
internal static class SvgStyle
{
    /// <summary>The style sheet. Written out twice and without variables, because not every viewer knows them.</summary>
    public static string Css { get; } = Fixed + Colours(
        paper: "#ffffff", ink: "#1f2933", soft: "#5b6673", line: "#7b8794", trouble: "#c2410c", box: "#f5f7fa", frame: "#9aa5b1",
        acts: "#e0f2fe", waits: "#fef3c7", decides: "#ede9fe", runs: "#ccfbf1", says: "#dcfce7", fails: "#fee2e2", plain: "#e4e7eb")
        + "@media (prefers-color-scheme: dark){" + Colours(
        paper: "#14181d", ink: "#e4e7eb", soft: "#a3adb8", line: "#8b97a4", trouble: "#fb923c", box: "#1b2127", frame: "#5b6673",
        acts: "#123a52", waits: "#4a3a10", decides: "#352b5c", runs: "#114a45", says: "#174528", fails: "#56201f", plain: "#2b333c") + "}";

    private const string Fixed =
        "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif;text-anchor:middle}"
        + ".name{font-size:13px;font-weight:600}.line{font-size:11px}.label{font-size:11px}.title{font-size:18px;font-weight:600;text-anchor:start}"
        + ".sub{font-size:12px;text-anchor:start}.head{text-anchor:start}.way{fill:none;stroke-width:1.4}.catch{stroke-dasharray:5 3}"
        + ".node{stroke-width:1}.group{stroke-width:1}.part{stroke-width:1;stroke-dasharray:4 3;fill:none}.end{fill:none;stroke-width:1.6}";

    private static string Colours(
        string paper, string ink, string soft, string line, string trouble, string box, string frame,
        string acts, string waits, string decides, string runs, string says, string fails, string plain) =>
        $".paper{{fill:{paper}}}text{{fill:{ink}}}.line,.label,.sub{{fill:{soft}}}.way{{stroke:{line}}}.arrow{{fill:{line}}}"
        + $".catch{{stroke:{trouble}}}.catcharrow,.catchlabel{{fill:{trouble}}}.node,.group,.part{{stroke:{frame}}}.group{{fill:{box}}}"
        + $".end{{stroke:{ink}}}.dot{{fill:{ink}}}.acts{{fill:{acts}}}.waits{{fill:{waits}}}.decides{{fill:{decides}}}.runs{{fill:{runs}}}"
        + $".says{{fill:{says}}}.fails{{fill:{fails}}}.plain{{fill:{plain}}}";

    /// <summary>The class of a task by what it does.</summary>
    public static string ClassOf(string keyword) => keyword switch
    {
        "call" => "acts",
        "listen" or "wait" => "waits",
        "switch" => "decides",
        "run" => "runs",
        "emit" => "says",
        "raise" => "fails",
        _ => "plain",
    };
}
