/** Stems that English builds on, from the partnership's own matters and from everywhere else. */
const stems = `
abandon absorb accept access accident accomplish account achiev acknowledg acquir act adapt add address adjust administr admir adopt advanc advertis
advis affect agenc agre aggreg alert align allocat allow alter amend analys announc annoy answer apolog appear appl appoint apprais appreciat
approach appropriat approv architect argu arrang arriv articl ask assembl assess assign assist associat assum attach attack attain attempt attend
attract audit author automat avail avoid awar back backup bak balanc ban band bank bargain base beauti becom begin behav believ belong benefit bill
bind blam block board bor borrow bottl bounc bow branch break breath brief bring broadcast brows budget build bull burn busi button buy calculat
calibrat call camp cancel car capabl captur care carr cast catalogu categor caus central centr certif challeng chang channel charg chart chas chat
check child choos circl circulat citi civil claim clarif class clean clear click clim clon clos cloth cloud cluster coach cod collaborat collect
combin comfort command comment commerc commiss commit communicat compar compet compil complain complet complex complianc compos compress comput
conced concentrat concern conclud condition confer configur confirm conflict confus connect consent consider consist consol construct consult
consum contact contain content continu contract contribut control conven convers convert convinc cooperat coordinat cop correct correlat correspond
cost council count count cours cover crash creat credit cris critic cross cultur cur custom cut cycl damag danc danger dar dat deal debat debug
decid declar declin decompos decor decreas dedicat deduct defeat defend defin degrad delay deleg delet deliver demand demonstrat den depart depend
deploy deriv describ deserv design desir destroy detail detect determin develop deviat devic diagnos differ differenti digit direct disabl
disagre disappoint discharg disciplin disclos discover discuss dismiss display dispos disput disrupt distribut disturb divid document domin donat
doubt download draft dram draw dream dress driv drop duplicat earn eas edit educat effect eff elect electr elev eliminat embed emerg emphas employ
enabl encod encourag encrypt endors enforc engag engineer enhanc enjoy enlarg enrich enrol ensur enter entertain entitl environ equal equip
escalat escap establish estimat ethic evacuat evaluat examin exceed except exchang excit exclud execut exempt exercis exhaust exist expand expect
expel experienc experiment expert expir explain exploit explor export expos express extend extract fabricat fac facilit fail faith fall famil
fashion fast fault favour fear featur federat feed fetch field fight figur fil fill filter final financ find finish fir firewall firm fit fix flag
flat flex float flood flow focus fold follow forc forecast forget forgiv form formal format formulat forward found fram freez frequent friend
frustrat fulfil function fund furnish gain gather general generat gentl glob govern grad grant graph grasp grat greet grind ground group grow
guarantee guard guess guid handl hang happ hard harm harmon hast hat head heal hear heat heighten help hesitat hid hierarch highlight hir hoist
hold honour hop host hous hypothes ident identif ignor illustrat imag imagin immun impact implement impl import impos impress improv incid inclin
includ incorporat increas incur independ index indicat individual industri infect infer influenc inform inherit inhibit initiat inject injur
innovat input inquir insert insist inspect inspir install instruct insul insur integrat intend intens interact intercept interest interfac
interfer intern interpret interrupt intersect interview introduc invad invent invest investigat invit invok involv isolat issu iterat join judg
jump justif keep kick kill kind knock know label lab lack land laps last launch law layer lead leak lean learn leav lectur leg legal lend length
lessen level liabl liberat librar licens lift light lik limit link liquid list listen liv load local lock log long loos los lov low machin magnif
mail maintain major manag manipulat manual map mark market marr mask match mater matur maxim mean measur mechan medic meet melt member memor mend
mention merg messag migrat militar mind minim minist mirror mislead miss mix mob model moderat modern modif modul monitor mor motiv mount mov
multipl murmur music nam narrow nation natur navigat need negat neglect negotiat network neutral nomin norm not notic notif number object obligat
observ obtain occasion occup occur offend offer offic omit open operat oppos oppress optim opt order organ orient origin outsourc overlap overlook
own pack paint pair panel parallel pardon park pars part particip partner pass password past patch patent path patient pattern paus pay peac penal
perceiv perfect perform perman permit persist person persuad phas phon photograph pilot pip plac plan plant plast play pleas pledg plug point
polic polish polit poll pool popul port portabl pos posit possess post postpon potent power practic prais preced predict prefer prepar prescrib
present preserv press presum prevent pric prim print prior privat priv prob proceed process procur produc profess profil profit program progress
prohibit project promis promot prompt proof propos protect protest prototyp prov provid provision public publish pull punish purchas purg pursu
push qualif quantif quer question queu quick quiet quot rac rais rank rat rational react read real reason reboot recal receiv recit reckon
recogn recommend reconcil record recover recruit recycl redirect reduc redund refer refin reflect reform refresh refus regard regener region
regist regress regret regulat rehears reinforc reject relat relax releas relev rel reload remain remark remed remember remind remot remov render
renew rent repair repeat replac replicat repl report represent reput request requir rescu research resent reserv resid resign resist resolv resort
resourc respond respons rest restor restrict restructur result resum retain retir retriev return reus reveal reverse review revis reviv revok
reward rid right rigid ring risk roll rotat rout row rul run rush safe sal sampl sanction satisf sav scal scan scar schedul schem school scienc
scor scrap scratch screen script scroll seal search secret sect secur see seek segment select sell send sens sensit separat sequenc seri serv
server servic session set settl sever shak shap shar sharp shelter shield shift ship shock shop short shout show shrink shut sign signal silenc
simpl simplif simulat sing sit situat sketch skill skip sleep slic slid slow smooth snapshot social soft solid solv sort sound sourc span spark
spar speak special specif specul speed spell spend spher spin split spoil sponsor spot spray spread stabil stack staff stag stamp standard star
start stat station statist stay steal steer step stimulat stipulat stock stop stor storag straight strain strateg stream strengthen stress stretch
strict strik strip strong structur struggl stud stuff styl subject submit subscrib substanc substitut succeed suffer suggest suit summar supervis
suppl support suppos suppress surpass surprise surrender surround survey surviv suspect suspend sustain swap switch symbol sympath sync synthes
system tabl tack tag tail tailor talk tap target task tast tax teach team techn telephon tell tempt tend term terminat test text thank theor think
threat throttl throw tick tie tighten tim tir titl token toler top total touch tour trac track trad tradit traffic train transact transcend
transfer transform translat transmit transpar transport trap travel treat trend trial trigger trim troubl trust tun turn tutor typ ugl uncover
understand unif union uniqu unit unlock updat upgrad upload urg us usag util vacat valid valu vanish var vector vend ventur verif vers vetting
victim view violat virtual visibl vision visit visual vocal voic volum volunteer vot wait walk wall want warn wash wast watch weak wear weigh
welcom wid will win wind wip wir wish withdraw withhold wonder word work worr wors worth wrap writ wrong yield zon
`

const suffixes = `
s es ed ing er ers e ly y ness ment ments ation ations ational ationally ize izes ized izing ization ise ised ising isation ful fully fulness able ably
ability ible ibility ies ied ier iest ic ical ically icate icity al ally ality alism alist ism ist ists ity ities ive ively iveness ous ously ousness
ion ions ional ionally or ors ance ances ence ences ancy ency ant ent ants ents ate ated ating ator ators ative less lessness ship ships ish hood
ward wise est eth 's s' ers' ing's ation's ate's li logy logi logical bility bli entli ousli
`

const irregular = `
a am an and are as ate be been began begun being bent better best bitten blew bought bound bring brought built burnt came caught children chose
chosen clung criteria criterion data datum did died dies died does doing done drew drove dying feet fell felt fled flew flies foot forgot forgotten
fought found froze gave geese given goes going gone got grew hadn't has hasn't have having he heard held hid hidden hung indices index is isn't
it's kept knew knives knife laid lain lay leaves left lent lies life lives lying made matrices matrix mean meant men mice mouse mouse's my news
ox oxen paid people people's phenomena phenomenon quizzes ran rang risen rose said sang sank sat saw seen sent shelves shook shone shot shown
shrank skies sky sold sought spent spoke spun stole stood stuck sung sunk swam swore taken taught teeth they're thieves thought threw told tooth
torn tried tries try trying tying understood vertices was went were whose wives woke wolves women won wore worn wrote yes's
abatements abilities agreed feed bled plastered motoring sing conflated troubled sized hopping tanned falling hissing fizzed failing filing happy
relational conditional rational valency hesitancy digitizer conformably radically differently vilely analogously vietnamization predication
operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility triplicate formative formalize electricity electrical
hopeful goodness revival allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologous
communism activate angularity homologous effective bowdlerize probate rate cease controll roll caresses ponies ties caress cats apology archaeology
technologies possibly terribly analogous geology biologist ecological queue queues queueing skis yields yielding eyed eying key keys says buy buys
façade naïvely café résumés élan jalapeños Zürich São Ångström CAFÉS Straßen Łódź smørrebrød ærobics œuvres þing đakovo ﬁles m² ½
`

const wordsOf = (text: string) => text.split(/\s+/).filter(word => word !== '')

/** 10,000 different words, real ones and well-formed ones, the same in every run: every stem with suffixes in turn, and the irregular ones. */
export function englishWords(): string[] {
  const all = new Set(wordsOf(irregular))
  const [allStems, allSuffixes] = [wordsOf(stems), ['', ...wordsOf(suffixes)]]
  for (let round = 0; all.size < 10_000; round++) {
    for (const [position, stem] of allStems.entries()) {
      if (all.size === 10_000) break
      all.add(`${stem}${allSuffixes[(position + round * 7) % allSuffixes.length]}`)
    }
  }
  return [...all]
}
