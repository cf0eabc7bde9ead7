using System.Collections.Frozen;

namespace AutoFlow.Workflows.Jq;

/// <summary>The functions written in jq, after the definitions of the jq 1.8 manual. Compiled once, when first used.</summary>
internal static class Prelude
{
    private const string Source = """
        def recurse(f): def r: ., (f | r); r;
        def recurse(f; cond): def r: ., (f | select(cond) | r); r;
        def recurse: recurse(.[]?);
        def values: select(. != null);
        def nulls: select(. == null);
        def booleans: select(type == "boolean");
        def numbers: select(type == "number");
        def strings: select(type == "string");
        def arrays: select(type == "array");
        def objects: select(type == "object");
        def iterables: select(type | . == "array" or . == "object");
        def scalars: select(type | . != "array" and . != "object");
        def finites: select(isfinite);
        def normals: select(isnormal);
        def range($upto): _range(0; $upto; 1);
        def range($from; $upto): _range($from; $upto; 1);
        def range($from; $upto; $by): if $by == 0 then empty else _range($from; $upto; $by) end;
        def map_values(f): .[] |= f;
        def add(f): reduce f as $x (null; . + $x);
        def sort_by(f): _sort_by(map([f]));
        def group_by(f): _group_by(map([f]));
        def unique_by(f): _unique_by(map([f]));
        def min_by(f): _min_by(map([f]));
        def max_by(f): _max_by(map([f]));
        def from_entries: reduce .[] as $entry ({};
          . + { ($entry
              | (if .key == null then .k // .name // .Name // .K // .Key else .key end)
              | if type == "string" then . else tojson end):
            ($entry | if has("value") then .value elif has("v") then .v else .Value end) });
        def with_entries(f): to_entries | map(f) | from_entries;
        def del(f): delpaths([path(f)]);
        def paths: path(recurse) | select(length > 0);
        def paths(f): path(recurse | select(f)) | select(length > 0);
        def leaf_paths: paths(scalars);
        def pick(f): . as $whole | reduce path(f) as $p (null; setpath($p; $whole | getpath($p)));
        def first: .[0];
        def last: .[-1];
        def first(f): label $done | f | ., break $done;
        def last(f): reduce f as $x ([]; [$x]) | .[];
        def nth($n): .[$n];
        def nth($n; f):
          if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
        def limit($n; f):
          if $n > 0 then label $done | foreach f as $x (0; . + 1; $x, if . >= $n then break $done else empty end)
          elif $n == 0 then empty
          else error("limit doesn't support negative count") end;
        def skip($n; f):
          if $n > 0 then foreach f as $x ($n; . - 1; if . < 0 then $x else empty end)
          elif $n == 0 then f
          else error("skip doesn't support negative count") end;
        def until(cond; update): def loop: if cond then . else update | loop end; loop;
        def while(cond; update): def loop: if cond then ., (update | loop) else empty end; loop;
        def repeat(f): def loop: ., (f | loop); loop;
        def isempty(f): label $found | (f | false, break $found), true;
        def any(f; cond): isempty(f | select(cond)) | not;
        def all(f; cond): isempty(f | select(cond | not));
        def any(cond): any(.[]; cond);
        def all(cond): all(.[]; cond);
        def any: any(.[]; .);
        def all: all(.[]; .);
        def in(xs): . as $x | xs | has($x);
        def inside(xs): . as $x | xs | contains($x);
        def combinations:
          if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end;
        def combinations(n): . as $set | [range(n) | $set] | combinations;
        def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w;
        def tostream:
          path(def r: (.[]? | r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
        def fromstream(f): { value: null, done: false } as $start
          | foreach f as $event ($start;
              (if .done then $start else . end)
              | if ($event | length) == 2
                then .done = ($event[0] | length == 0) | setpath(["value"] + $event[0]; $event[1])
                else .done = ($event[0] | length == 1) end;
              if .done then .value else empty end);
        def truncate_stream(f): . as $depth | null | f | if (.[0] | length) > $depth then .[0] |= .[$depth:] else empty end;
        def ascii: [.] | implode;
        def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
        def todateiso8601: todate;
        def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
        def fromdate: fromdateiso8601;
        def date: todate;
        def dateadd(unit; n): . + n;
        def datesub(unit; n): . - n;
        def index($i): indices($i) | .[0];
        def rindex($i): indices($i) | .[-1:][0];
        def indices($i):
          if type == "string" and ($i | type) == "string" then _strindices($i)
          elif type == "array" and ($i | type) == "array" then .[$i]
          elif type == "array" then .[[$i]]
          else .[$i] end;
        def match($re; $flags): _match($re; $flags; false) | .[];
        def test($re; $flags): _match($re; $flags; true);
        def match($val): _pattern($val) as [$re, $flags] | match($re; $flags);
        def test($val): _pattern($val) as [$re, $flags] | test($re; $flags);
        def capture($re; $flags): match($re; $flags) | _captures;
        def capture($val): match($val) | _captures;
        def scan($re; $flags): match($re; "g" + $flags)
          | if (.captures | length) > 0 then [.captures[].string] else .string end;
        def scan($re): scan($re; null);
        def split($re; $flags): . as $text
          | [foreach (match($re; "g" + $flags), { offset: length, length: 0 }) as $m
              ([0, 0]; [.[1], $m.offset + $m.length]; $text[.[0]:$m.offset])];
        def splits($re; $flags): split($re; $flags) | .[];
        def splits($re): splits($re; null);
        def sub($re; f; $flags): . as $text
          | [match($re; $flags)] as $found
          | [$found[] | [_captures | f]] as $texts
          | if $found == [] then $text
            else ([0, ($found[] | .offset + .length)]) as $ends
              | range([$texts[] | length] | max) as $i
              | [range($found | length) as $n
                  | select(($texts[$n] | length) > $i)
                  | $text[$ends[$n]:$found[$n].offset] + $texts[$n][$i]]
              | add + $text[$ends[-1]:]
            end;
        def sub($re; f): sub($re; f; "");
        def gsub($re; f; $flags): sub($re; f; $flags + "g");
        def gsub($re; f): sub($re; f; "g");
        def INDEX(f; key): reduce f as $row ({}; .[$row | key | tostring] = $row);
        def INDEX(key): INDEX(.[]; key);
        def JOIN($index; key): [.[] | [., $index[key]]];
        def JOIN($index; f; key): f | [., $index[key]];
        def JOIN($index; f; key; join): f | [., $index[key]] | join;
        def IN(f): any(f == .; .);
        def IN(source; f): any(source == f; .);
        """;

    private static readonly Lazy<FrozenDictionary<string, Function>> Functions = new(() => Node.ForEveryWay(Compile));

    /// <summary>The parsed definitions by name/arity; names are known before bodies are compiled.</summary>
    private static readonly Lazy<IReadOnlyList<FunctionAst>> Definitions = new(() => JqParser.ParseDefinitions(Source));

    [ThreadStatic]
    private static Dictionary<string, Function>? compiling;

    public static IEnumerable<string> Names => Definitions.Value.Select(d => $"{d.Name}/{d.Parameters.Count}");

    public static Function? Find(string name, int arity, bool trusted)
    {
        var key = $"{name}/{arity}";
        if (compiling is not null)
            return compiling.GetValueOrDefault(key);
        return trusted || name[0] != '_' ? Functions.Value.GetValueOrDefault(key) : null;
    }

    private static FrozenDictionary<string, Function> Compile()
    {
        compiling = [];
        try
        {
            foreach (var ast in Definitions.Value)
                compiling[$"{ast.Name}/{ast.Parameters.Count}"] = new Function(ast.Name, ast.Parameters.Count, new Frame(1));
            foreach (var ast in Definitions.Value)
                Compiler.CompileBuiltin(ast, compiling[$"{ast.Name}/{ast.Parameters.Count}"]);
            return compiling.ToFrozenDictionary();
        }
        finally
        {
            compiling = null;
        }
    }
}
